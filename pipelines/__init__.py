"""Municipal reform plans and their yearly results, from raw documents to open-data releases."""

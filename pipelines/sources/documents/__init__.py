"""Documents of every supported kind as text: pages set apart by form feeds, cells by TAB."""

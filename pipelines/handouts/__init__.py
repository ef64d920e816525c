"""The two files a city hands out, per plan and year; see docs/handouts.ja.md."""

"""The reads: one function gives one page's frozen rows; they change nothing and hand out no table rows."""

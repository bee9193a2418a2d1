"""A sample hospital's wards: stays, beds and the elective plan."""

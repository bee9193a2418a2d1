"""From a site's data and changes to the imaging problem: a draft is filled, changed, and frozen into a Problem."""

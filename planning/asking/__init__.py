"""The planner's place in the product: texts read to cards, cards confirmed by a person as the changes any click makes."""

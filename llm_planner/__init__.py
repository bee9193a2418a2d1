"""Free text to typed changes and questions, and sentences over facts: it proposes, and touches neither data nor solver."""

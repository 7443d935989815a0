"""Pages of people themselves: substitutes, relatives, and the acts about them; they decide nothing of a nominee."""

"""The page of the register of awards; it changes nothing."""

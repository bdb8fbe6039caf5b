"""The page of the reception: a guest's code is looked at, used, and given back."""

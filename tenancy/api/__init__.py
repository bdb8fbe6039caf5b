"""What all calls of the API ask and say alike; each app's own calls are in its `api`."""

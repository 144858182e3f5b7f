"""Value types. A record column typed with a kind yields sightings and ties by itself."""

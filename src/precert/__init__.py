"""precert: prior-authorization lists as exact, dated rules, and cited answers for orders."""

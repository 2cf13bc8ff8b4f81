"""What follows a listing is judged by these: rules, and dated figures; one module per noun."""

"""The part of the demonstration district, one module per noun."""

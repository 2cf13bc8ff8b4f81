"""The share of the 工作台, one module per noun."""

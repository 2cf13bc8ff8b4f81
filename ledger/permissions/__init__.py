"""Who may: one function per question, answered with a Decision that carries words. One module per noun."""

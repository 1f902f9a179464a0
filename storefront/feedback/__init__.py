"""What buyers say of pieces they got, and what people ask before they buy."""

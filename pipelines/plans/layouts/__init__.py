"""Layouts: named readers of repaired lines, chosen in ``plan.yaml`` or found by scoring."""

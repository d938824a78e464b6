"""Bulwark's embedded AWS: moto behind a fidelity layer.

moto answers most calls. The modules in ``services`` answer what moto lacks and correct what it
loses; every function there names the AWS document it follows.
"""

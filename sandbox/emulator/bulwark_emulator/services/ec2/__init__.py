"""EC2's networks: what the VPC component needs, and moto answers otherwise than AWS."""

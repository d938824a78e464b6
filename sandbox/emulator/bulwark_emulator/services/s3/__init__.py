"""S3: a module a subject. Documents that S3 merely keeps are kept here; objects are moto's."""

"""Elastic Container Service: clusters, task definitions, services and tasks, and the deployments that they play.

moto's ECS is not asked at all: what the layer does not have is not emulated.

- ``world`` holds what there is, ``arns`` how it is called and found.
- ``clusters``, ``task_definitions`` (with ``fargate``), ``services``, ``tasks``, ``deployments``, ``tags`` and
  ``settings`` answer the operations of the API.
- ``scheduler`` moves services and tasks on, a step at a time, as ECS's scheduler does: ``rollout`` says what becomes of
  a deployment, ``lifecycle`` what becomes of a task, ``launch`` what keeps a task from starting, with ``agent``, which
  asks other services as its execution role, ``targets`` and ``logs`` what other services see of it.
- ``outcomes`` is what a test may ask for, ``credentials`` what a task gets from the container agent.
"""

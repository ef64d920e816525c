"""From checked tables to an immutable, validated open-data release.

The entrance is :func:`pipelines.release.build.build_release`.
"""

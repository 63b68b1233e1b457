"""Runs a Pulumi project, and answers the SDK in the engine's place.

    project       the project file and its configuration
    reader        starts the child process, and makes records of what it answers
    messages      what parent and child tell each other
    imports       what to say of an import that is missing
    yaml_program  reads a program in YAML, of which nothing is run
    yaml_…        its values, references and configuration, and YAML itself with lines
  in the child process:
    child         starts the program and hands back what it registered, or how it failed
    monitor       the resource monitor: URNs, providers, dependencies
    package_host  the components that another process builds, as the engine has them built
    wire          protocol values as plain ones, and source positions
    stand_ins     values that nobody knows here, which a program may still handle
    sdk_patches   where the SDK is made to accept them
    aliases       what a resource may have been called before
    transforms    callbacks that change resources before they are registered
    failure       the user's traceback

The parent must not load the SDK.
"""

"""Reads a client's six configuration files as those do who use them, and prints what they found as JSON.

Usage: read.py FOLDER

vars-analytics.yml and emr-vars.yml are read with PyYAML, as Ansible does, and their Jinja is evaluated in the
environment that bash makes of jenkins_env; the override by ConfigParser, with Python 2's interpolation; the creds by json.
"""

import configparser
import json
import re
import subprocess
import sys
from pathlib import Path

import jinja2
import jinja2.meta
import yaml


class Unsafe(str):
    """Text that Ansible does not evaluate."""


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor("!unsafe", lambda loader, node: Unsafe(loader.construct_scalar(node)))


class Python2(configparser.Interpolation):
    """What Python 2's ConfigParser evaluates, which all releases of the pipeline run on: a value with `%(name)s` in it."""

    def before_get(self, parser, section, option, value, defaults):
        while "%(" in value:
            names = re.sub(r"%\(([^)]*)\)s", lambda match: f"%({parser.optionxform(match[1])})s", value)
            value = names % defaults
        return value


def environment(file):
    """What is in the environment after a bash with nothing in its own has sourced a file."""
    script = f'set -eu; source "{file}"; env -0'
    output = subprocess.run(["env", "-i", "/bin/bash", "-c", script], check=True, capture_output=True).stdout.decode()
    return dict(line.split("=", 1) for line in output.split("\0") if line)


def evaluated(variables, env):
    """Ansible's variables after Jinja, each looked up where it is used."""
    # As Ansible has it.
    jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    # On Insights' host; the end-to-end tests ask Ansible itself of all hosts.
    jinja.globals["inventory_hostname"] = "insights"
    jinja.globals["groups"] = {"insights": ["insights"], "analytics_api": [], "jenkins": []}
    jinja.globals["lookup"] = lambda kind, name: env.get(name, "") if kind == "env" else f"<{kind} {name}>"

    def evaluate(value):
        if isinstance(value, Unsafe):
            return str(value)
        if isinstance(value, str):
            names = jinja2.meta.find_undeclared_variables(jinja.parse(value)) - set(jinja.globals)
            return jinja.from_string(value).render({name: evaluate(variables[name]) for name in names})
        if isinstance(value, dict):
            return {key: evaluate(inner) for key, inner in value.items()}
        return [evaluate(inner) for inner in value] if isinstance(value, list) else value

    return {key: evaluate(value) for key, value in variables.items()}


def main(folder):
    tasks = folder / "analytics-tasks"
    env = environment(tasks / "jenkins_env")
    found = {"analytics-tasks/jenkins_env": env}
    for name in ("vars-analytics.yml", "analytics-tasks/emr-vars.yml"):
        found[name] = yaml.load((folder / name).read_text(), Loader)
        found[f"{name} evaluated"] = evaluated(found[name], env)
    parser = configparser.ConfigParser(interpolation=Python2())
    parser.read_string((tasks / "analytics-override.cfg").read_text())
    found["analytics-tasks/analytics-override.cfg"] = {name: dict(parser[name]) for name in parser.sections()}
    for name in ("edxapp_creds", "edxanalytics_creds"):
        found[f"analytics-tasks/{name}"] = json.loads((tasks / name).read_text())
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

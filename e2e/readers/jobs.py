"""Reads what `jenkins-jobs test --config-xml` has written, and prints the settings of each job as JSON.

Usage: jobs.py FOLDER

In FOLDER is a folder for each job, with the config.xml that Jenkins would be given.
"""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

TEXTS = {
    "command": "builders/hudson.tasks.Shell/command",
    "schedule": "triggers/hudson.triggers.TimerTrigger/spec",
    "builds": ".//jenkins.model.BuildDiscarderProperty/strategy/numToKeep",
    "artifacts": ".//jenkins.model.BuildDiscarderProperty/strategy/artifactNumToKeep",
    "timeout": ".//hudson.plugins.build__timeout.BuildTimeoutWrapper//timeoutMinutes",
    "unstable": "publishers/hudson.tasks.Mailer/dontNotifyEveryUnstableBuild",
    "recipients": "publishers/hudson.tasks.Mailer/recipients",
    "pattern": ".//hudson.plugins.postbuildtask.LogProperties/logText",
    "script": ".//hudson.plugins.postbuildtask.TaskProperties/script",
    "escalates": ".//hudson.plugins.postbuildtask.TaskProperties/EscalateStatus",
    "credential": ".//com.cloudbees.jenkins.plugins.sshagent.SSHAgentBuildWrapper/credentialIds/string",
}


def main(folder):
    jobs = []
    for file in sorted(folder.glob("*/config.xml")):
        root = ElementTree.parse(file).getroot()
        parameters = [name.text for name in root.iterfind(".//hudson.model.StringParameterDefinition/name")]
        texts = {name: root.findtext(path) for name, path in TEXTS.items()}
        jobs.append({"name": file.parent.name, "parameters": parameters, **texts})
    json.dump(jobs, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

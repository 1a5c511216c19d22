import { clientOf } from "../../../test/client-files";
import { privateKey, sourcesOf } from "../../../test/outputs";
import { plain, type Value } from "../value";
import { jenkinsVars } from "./jenkins";

function credentials(emrPrivateKey?: string): unknown {
  const client = clientOf({ configurationFiles: { jenkins: { emrPrivateKey } } });
  return plain(jenkinsVars(sourcesOf(client)).JENKINS_ANALYTICS_CREDENTIALS as Value);
}

describe("Jenkins' credentials", () => {
  it("let it into git by a key from SSM, and into EMR clusters by the key pair's, which Ansible reads on the director", () => {
    expect(credentials()).toMatchObject([
      { id: "github-deploy-key", username: "git", privatekey: privateKey },
      {
        id: "ssh-access-key",
        username: "hadoop",
        privatekey: { expression: "{{ lookup('file', '/home/ubuntu/secure-config/analytics.pem') }}\n" },
      },
    ]);
  });

  it("are refused where Jenkins' agent would leave the key out", () => {
    const secrets = { jenkinsPrivateKey: privateKey.replaceAll("RSA", "OPENSSH") };

    expect(() => jenkinsVars(sourcesOf(clientOf(), { secrets }))).toThrow(
      "the key in /edx-analytics/example/jenkins/private-key begins with `BEGIN OPENSSH PRIVATE KEY`",
    );
  });

  it("have a quote in a path survive Jinja", () => {
    expect(credentials("/acme's.pem")).toMatchObject([
      {},
      { privatekey: { expression: "{{ lookup('file', '/acme\\'s.pem') }}\n" } },
    ]);
  });
});

import { jenkinsKey } from "./private-key";

const pem = (form: string, body = "hidden") => `-----BEGIN ${form}-----\n${body}\n-----END ${form}-----`;
const openssh = (type: string) => Buffer.from(`openssh-key-v1\0 none ${type} hidden`).toString("base64");

describe("Jenkins' private key", () => {
  it.each(["RSA PRIVATE KEY", "EC PRIVATE KEY"])("may be a %s, and ends with its last line", (form) => {
    expect(jenkinsKey(`${pem(form)}`, "/acme")).toBe(`${pem(form)}\n`);
    expect(jenkinsKey(`\n${pem(form)}\r\n\n`, "/acme")).toBe(`${pem(form)}\n`);
  });

  it.each([
    ["OPENSSH PRIVATE KEY", openssh("ssh-rsa")],
    ["PRIVATE KEY", "hidden"],
    ["ENCRYPTED PRIVATE KEY", "hidden"],
  ])("may not be in the form %s, which is converted by a command", (form, body) => {
    expect(() => jenkinsKey(pem(form, body), "/acme/key")).toThrow(
      `the key in /acme/key begins with \`BEGIN ${form}\`, and Jenkins' SSH agent leaves out all but \`BEGIN RSA PRIVATE KEY\` and \`BEGIN EC PRIVATE KEY\`. Convert a copy with \`ssh-keygen -p -m PEM -N '' -f COPY\``,
    );
  });

  it("may not have a passphrase, which nobody types in Jenkins", () => {
    const key = pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,hidden\n\nhidden");

    expect(() => jenkinsKey(key, "/acme/key")).toThrow("the key in /acme/key has a passphrase");
  });

  it("may not be of a kind that cannot be converted", () => {
    expect(() => jenkinsKey(pem("OPENSSH PRIVATE KEY", openssh("ssh-ed25519")), "/acme/key")).toThrow(
      "the key in /acme/key is an ed25519 key, which Jenkins' SSH agent cannot use. Make one with `ssh-keygen -t rsa",
    );
  });

  it.each(["ssh-rsa hidden", "", "-----BEGIN RSA PRIVATE KEY----- hidden"])(
    "may be nothing else, none of which is shown: %j",
    (text) => {
      const read = () => jenkinsKey(text, "/acme/key");

      expect(read).toThrow("the text in /acme/key is no private key in PEM's form");
      expect(read).not.toThrow(/hidden/);
    },
  );
});

import { FormatError } from "./formats/format";

/** What BouncyCastle 1.47 makes a key pair of, with which Jenkins' ssh-agent 1.5 reads keys; all releases' role pins that. */
const readable = /^-----BEGIN (?:RSA|EC) PRIVATE KEY-----\r?\n/;
const marked = /^-----BEGIN ([A-Z ]*PRIVATE KEY)-----\r?\n([\s\S]*?)-----END /;

/**
 * The private key of a parameter in the form in which Jenkins, Ansible and OpenSSH take it. Of any other, Jenkins' agent has no key, and
 * says so in the log of a job alone, which goes on until it needs one.
 * @param place name of the parameter
 * @throws FormatError where it is none, in words that have nothing of it
 */
export function jenkinsKey(text: string, place: string): string {
  // OpenSSH takes no key without the end of its last line, which is easily lost on the way to SSM.
  const key = `${text.trim()}\n`;
  const convert = "Convert a copy with `ssh-keygen -p -m PEM -N '' -f COPY`, and put that into SSM";
  if (/^Proc-Type: .*ENCRYPTED/m.test(key)) {
    throw new FormatError(`the key in ${place} has a passphrase, which Jenkins has no way to enter. ${convert}`);
  }
  if (readable.test(key)) {
    return key;
  }
  const [, form, body = ""] = marked.exec(key) ?? [];
  const make = "Make one with `ssh-keygen -t rsa -b 4096 -m PEM -N '' -f KEY`, and give git its public half";
  if (form === undefined) {
    throw new FormatError(`the text in ${place} is no private key in PEM's form. ${make}`);
  }
  if (Buffer.from(body, "base64").includes("ssh-ed25519")) {
    throw new FormatError(`the key in ${place} is an ed25519 key, which Jenkins' SSH agent cannot use. ${make}`);
  }
  throw new FormatError(
    `the key in ${place} begins with \`BEGIN ${form}\`, and Jenkins' SSH agent leaves out all but \`BEGIN RSA PRIVATE KEY\` and \`BEGIN EC PRIVATE KEY\`. ${convert}`,
  );
}

/** Canonical's account: https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/. */
export const canonical = "099720109477";

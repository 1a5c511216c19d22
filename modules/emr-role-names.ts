/** Names that EMR itself gives its roles; the unpatched edX playbook takes no other service role. */
export const emrRoleNames = { service: "EMR_DefaultRole", ec2: "EMR_EC2_DefaultRole" } as const;

/**
 * The tag that EMR's service policy v2 looks for on clusters, subnets and groups:
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html.
 */
export const clusterTag = { "for-use-with-amazon-emr-managed-policies": "true" } as const;

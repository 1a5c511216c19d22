/** By which Elasticsearch makes network interfaces in VPCs; an account has one, which AWS deletes only after the last domain in a VPC. */
export const elasticsearchServiceRole = {
  service: "es.amazonaws.com",
  name: "AWSServiceRoleForAmazonElasticsearchService",
} as const;

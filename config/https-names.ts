/** Name of the load balancer before Insights and of its target group. */
export function loadBalancerName(client: string): string {
  return `${client}-insights`;
}

/** Name of the load balancer's security group. */
export function loadBalancerGroupName(client: string): string {
  return `${client}-insights-load-balancer`;
}

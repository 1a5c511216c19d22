import { limits } from "./limits";
import { resourceName } from "./resource-name";

const tooLong = { error: `AWS takes ${limits.securityGroupLength} characters here. Shorten it.` };

/** Name of a security group, which AWS cannot change: once deployed, a plan for another one stops. */
export const groupName = resourceName("ec2").max(limits.securityGroupLength, tooLong);

/** Description of a security group, which AWS cannot change: an imported group keeps its own, and a plan for another one stops. */
export const groupDescription = resourceName("ec2").max(limits.securityGroupLength, tooLong);

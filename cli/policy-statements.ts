export { policyStatements } from "../resources/policy-statements";

import { synthFleet } from "edx-analytics-aws/synth";

// `npm run synth -- acme` synthesises acme alone.
synthFleet(...process.argv.slice(2));

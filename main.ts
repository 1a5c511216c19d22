import { synthFleet } from "edx-analytics-aws/synth";

synthFleet();

/** What became of one step. */
interface Outcome {
  readonly part: string;
  readonly step: string;
  readonly seconds: number;
  readonly error?: Error;
}

/** Reports the steps of one part, a line each as it ends, and stops the part at the first that fails. */
export class Steps {
  readonly outcomes: Outcome[] = [];

  constructor(readonly part: string) {}

  /** Runs a step; its title says what is true when it passes. */
  async step<T>(title: string, run: () => Promise<T>): Promise<T> {
    const start = Date.now();
    try {
      const result = await run();
      this.report({ part: this.part, step: title, seconds: (Date.now() - start) / 1000 });
      return result;
    } catch (error) {
      this.report({ part: this.part, step: title, seconds: (Date.now() - start) / 1000, error: error as Error });
      throw new StepFailed(this.part, title, error as Error);
    }
  }

  private report(outcome: Outcome): void {
    this.outcomes.push(outcome);
    const mark = outcome.error ? "FAILED" : "ok";
    console.log(
      `${this.part.padEnd(14)} ${mark.padEnd(6)} ${outcome.seconds.toFixed(1).padStart(6)} s  ${outcome.step}`,
    );
    if (outcome.error) {
      console.log(outcome.error.message.replaceAll(/^/gm, "    "));
    }
  }
}

/** A step that failed, and so its part. */
export class StepFailed extends Error {
  constructor(
    readonly part: string,
    readonly step: string,
    override readonly cause: Error,
  ) {
    super(`${part}: ${step}`);
  }
}

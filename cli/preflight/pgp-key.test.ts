import { pgpExpiry } from "../../config/schema/public-keys";
import { asked, readyAccount, withState } from "../../test/ready-account";

beforeEach(readyAccount);

// gpg --faked-system-time 20240101T000000 --quick-gen-key … ed25519 sign never, and --quick-add-key … cv25519 encr 2025-01-01
const expired =
  "mDMEZZIAgBYJKwYBBAHaRw8BAQdAuK1WFj788Amr+13rGzF7zB/TT3+7hNlZFjkj6EL+EWi0C2UgPGVAeC5vcmc+iJAEExYIADgWIQT6lCLGIsh2MfuDjSlcDSMlog2VrAUCZZIAgAIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRBcDSMlog2VrDfSAQCxwb11VeWL2wkXCTuPYyDkwt/IwHC5ZsM5XweMhGxpcwEA4V60CgcK8v3+DHrVTWwknbicl+3tYyV/8ppnTYzeCQ24OARlkgCAEgorBgEEAZdVAQUBAQdAh6w5Ow+kCi4/jQjsRH6TvniVItePs44/ZJS6iwPt8CoDAQgHiH4EGBYIACYWIQT6lCLGIsh2MfuDjSlcDSMlog2VrAUCZZIAgAIbDAUJAeMtwAAKCRBcDSMlog2VrNkLAQDEPiHH9d/MMCUwIBvBdbxnfvgXIp5abAYoaA1bOGz0awEAwoYGMEoCTO4X7NVCqxK7swFqeBrJr3VpQ7a8XEpTdg8=";
// gpg --quick-set-expire … 2030-01-01 '*'
const extended =
  "mDMEZZIAgBYJKwYBBAHaRw8BAQdAuK1WFj788Amr+13rGzF7zB/TT3+7hNlZFjkj6EL+EWi0C2UgPGVAeC5vcmc+iJAEExYIADgWIQT6lCLGIsh2MfuDjSlcDSMlog2VrAUCZZIAgAIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRBcDSMlog2VrDfSAQCxwb11VeWL2wkXCTuPYyDkwt/IwHC5ZsM5XweMhGxpcwEA4V60CgcK8v3+DHrVTWwknbicl+3tYyV/8ppnTYzeCQ24OARlkgCAEgorBgEEAZdVAQUBAQdAh6w5Ow+kCi4/jQjsRH6TvniVItePs44/ZJS6iwPt8CoDAQgHiH4EGBYIACYCGwwWIQT6lCLGIsh2MfuDjSlcDSMlog2VrAUCZbrfAAUJC0qAwAAKCRBcDSMlog2VrKKcAQDymyPAF4yxDn8VbJP/J5KD+VQUEYSRFF4engAMqhIB3AD/UFfjIcdHfAbxuLfARIEojESlqL7QJ9WXBK00H00u6gE=";

describe("pgpKey", () => {
  it("encrypts as long as its last encryption subkey", () => {
    expect(pgpExpiry(expired)?.toISOString().slice(0, 10)).toBe("2025-01-01");
    expect(pgpExpiry(extended)?.toISOString().slice(0, 10)).toBe("2030-01-01");
    expect(pgpExpiry("keybase:acme")).toBeUndefined();
  });

  it("that has expired is refused before the first deploy, and a warning later", async () => {
    const text =
      "pgpKey has expired on 2025-01-01, and an access key that a deploy creates cannot be encrypted with it. Extend it, and its encryption subkey, with `gpg --quick-set-expire`, and export it again: `pgpKey`.";

    expect((await asked({ pgpKey: expired })).notOk).toEqual([`refused ${text}`]);
    withState();
    expect((await asked({ pgpKey: expired })).notOk).toEqual([`warning ${text}`]);
  });

  it("without an end is not asked about", async () => {
    expect((await asked({ pgpKey: "keybase:acme" })).rows.filter((row) => row.includes("pgpKey"))).toEqual([]);
    expect((await asked()).rows.filter((row) => row.includes("pgpKey"))).toEqual([]);
  });
});

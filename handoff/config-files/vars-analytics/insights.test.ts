import type { ReleaseName } from "../../../config/tables/versions-by-release";
import { clientOf } from "../../../test/client-files";
import { sourcesOf } from "../../../test/outputs";
import { plain, type Values } from "../value";
import { insightsVars } from "./insights";

function vars(release: ReleaseName): Values {
  const oauth2 = { loginKey: "sso", backendKey: "backend" };
  return plain(insightsVars(sourcesOf(clientOf({ release, configurationFiles: { oauth2 } })))) as Values;
}

describe("Insights' OAuth2 clients in the LMS", () => {
  it("are one to Ironwood, by the names of OpenID Connect", () => {
    const ironwood = vars("ironwood");

    expect(ironwood).toMatchObject({ INSIGHTS_OAUTH2_KEY: "sso", INSIGHTS_OAUTH2_SECRET: "secret-loginOauth2Secret" });
    expect(ironwood).not.toHaveProperty("INSIGHTS_BACKEND_SERVICE_EDX_OAUTH2_KEY");
  });

  it("are two from Koa on", () => {
    expect(vars("koa")).toMatchObject({
      INSIGHTS_SOCIAL_AUTH_EDX_OAUTH2_KEY: "sso",
      INSIGHTS_BACKEND_SERVICE_EDX_OAUTH2_SECRET: "secret-backendOauth2Secret",
    });
    expect(vars("koa")).not.toHaveProperty("INSIGHTS_CONFIG");
  });

  it("reach Insights on Juniper, whose role has fixed text in their place", () => {
    const { INSIGHTS_CONFIG: config } = vars("juniper");

    expect(config).toMatchObject({
      SOCIAL_AUTH_EDX_OAUTH2_KEY: { expression: "{{ INSIGHTS_SOCIAL_AUTH_EDX_OAUTH2_KEY }}" },
      BACKEND_SERVICE_EDX_OAUTH2_PROVIDER_URL: { expression: "{{ INSIGHTS_OAUTH2_URL_ROOT }}" },
      DATA_API_URL: { expression: "{{ ANALYTICS_API_ENDPOINT }}" },
    });
    expect(JSON.stringify(config)).not.toMatch(/insights-sso|insights-backend/);
  });
});

it("there is no question for a key of Segment's, which would be sent what users do", () => {
  expect(vars("nutmeg")).toMatchObject({ INSIGHTS_SEGMENT_IO_KEY: "" });
});

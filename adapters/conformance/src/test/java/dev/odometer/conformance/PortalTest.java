package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Access through the portal, with tokens that an independent library creates and reads. */
@SuppressWarnings("JavaUtilDate") // the type that the library uses
class PortalTest {

    private static final String KEY = "the-operators-key";
    private static final String QUERY = "/api/v1/portal/meters/calls/query";

    /**
     * The application with the digest of that key. It is shared by the tests and the properties, which two engines run.
     */
    private static final ConfigurableApplicationContext APP =
            InMemoryApp.start("odometer.api-keys=7e3dbba129176e4c8d2ac647a5c903bd0034b338a43566e594f61a873d8bd1d7");

    private static final String TOKEN = token();

    /** The header of a token without a signature. */
    private static final String UNSIGNED = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

    private static HttpReply send(String method, String path, String authorization, String body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        return InMemoryApp.door(APP)
                .handle(new HttpRequest(
                        method,
                        path,
                        null,
                        authorization.isEmpty() ? headers : headers.with("Authorization", authorization),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The routes that a portal token can call. */
    private static final List<String> ROUTES = List.of(
            QUERY,
            "/api/v1/portal/meters",
            "/api/v1/portal/access",
            "/api/v1/portal/invoices",
            "/api/v1/portal/invoices/01K00000000000000000000000");

    private static HttpReply query(String token) {
        return send("GET", QUERY, "Bearer " + token, "");
    }

    private static String detail(HttpReply reply) {
        return json(reply).path("detail").asString();
    }

    private static JsonNode json(HttpReply reply) {
        return Case.JSON.readTree(reply.body());
    }

    private static String token() {
        String key = "Bearer " + KEY;
        send("POST", "/api/v1/meters", key, "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
        HttpReply created = send(
                "POST", "/api/v1/portal/tokens", key, "{\"subject\":\"acme \\\\ü\",\"allowedMeterSlugs\":[\"calls\"]}");
        return json(created).path("token").asString();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("openmeter")
                .subject("acme")
                .issueTime(new Date())
                .claim("Namespace", "default")
                .claim("Id", "01K00000000000000000000000");
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String signedWithTheSecret(JWTClaimsSet claims) throws JOSEException {
        return signed(JWSAlgorithm.HS256, new MACSigner(Case.PORTAL_SECRET), claims);
    }

    /** Tokens that an attacker could construct, with or without the secret. */
    static Stream<String> hostile() throws Exception {
        Date soon = Date.from(Instant.now().plusSeconds(600));
        JWTClaimsSet good = claims().expirationTime(soon).build();
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String[] parts = TOKEN.split("\\.");
        return Stream.of(
                new PlainJWT(good).serialize(),
                UNSIGNED + "." + parts[1] + ".",
                UNSIGNED + "." + parts[1] + "." + parts[2],
                signed(JWSAlgorithm.RS256, new RSASSASigner(pair.getPrivate()), good),
                signed(JWSAlgorithm.HS512, new MACSigner(Case.PORTAL_SECRET.repeat(2)), good),
                signed(JWSAlgorithm.HS256, new MACSigner("x".repeat(32)), good),
                signedWithTheSecret(good),
                signedWithTheSecret(claims().build()),
                signedWithTheSecret(claims().expirationTime(new Date(0)).build()),
                signedWithTheSecret(
                        claims().expirationTime(soon).notBeforeTime(soon).build()),
                signedWithTheSecret(
                        claims().claim("exp", "tomorrow").subject(null).build()),
                signedWithTheSecret(claims().claim("AllowedMeterSlugs", 7)
                        .claim("Id", new int[] {1})
                        .build()),
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                parts[0] + ".." + parts[2],
                "." + parts[1] + "." + parts[2],
                TOKEN + "=",
                TOKEN + "." + parts[2],
                TOKEN.substring(1),
                TOKEN.substring(0, TOKEN.length() - 1),
                TOKEN + ", Bearer " + TOKEN,
                parts[0] + "." + parts[1] + "." + parts[2].toUpperCase(java.util.Locale.ROOT),
                "...",
                "\u0000",
                "\ud800",
                parts[0] + ".ü😀." + parts[2],
                parts[0] + "." + "e30".repeat(100_000) + "." + parts[2]);
    }

    @Test
    void issuesAStandardJwt() throws Exception {
        var token = SignedJWT.parse(TOKEN);

        assertThat(token.verify(new MACVerifier(Case.PORTAL_SECRET))).isTrue();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("openmeter");
        assertThat(claims.getSubject()).isEqualTo("acme \\ü");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isBetween(3_599_000L, 3_600_000L);
        assertThat(claims.getStringListClaim("AllowedMeterSlugs")).containsExactly("calls");
        assertThat(claims.getStringClaim("Namespace")).isEqualTo("default");
        assertThat(claims.getStringClaim("Id")).hasSize(26);
    }

    @Test
    void needsNoKey() {
        assertThat(query(TOKEN).status()).isEqualTo(200);
        assertThat(send("HEAD", QUERY, "bearer   " + TOKEN, "").status()).isEqualTo(200);
        assertThat(send("OPTIONS", QUERY, "", "").status()).isEqualTo(204);
        assertThat(send("GET", "/api/v1/portal/meters/c%61lls/query", "Bearer " + TOKEN, "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rejectsAnApiKey() {
        for (String path : ROUTES) {
            assertThat(detail(send("GET", path, "Bearer " + KEY, "")))
                    .isEqualTo("invalid token: the signature is not valid");
            assertThat(detail(send("GET", path, "", ""))).isEqualTo("missing authorization header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/meters/calls/query",
        "GET,/api/v1/events",
        "POST,/api/v1/portal/tokens",
        "GET,/api/v1/portal/tokens",
        "POST,/api/v1/portal/tokens/invalidate",
        "OPTIONS,/api/v1/portal/tokens",
        "GET,/api/v1/billing/invoices",
        "GET,/api/v1/customers",
        "GET,/api/v1/customers/acme/access",
        "GET,/api/v1/meters",
        "GET,/api/v1/portal/meters/calls",
        "GET,/api/v1/portal/meters//query",
        "GET,/api/v1/portal/meters/%ZZ/query",
        "GET,/api/v1/portal/meters/a%2Fb/query/",
        "GET,/nothing"
    })
    void aTokenGrantsNoOtherAccess(String method, String path) {
        HttpReply reply = send(method, path, "Bearer " + TOKEN, "{}");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(detail(reply)).isEqualTo("an API key is required");
        assertThat(reply.headers().first("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String token) {
        for (String path : ROUTES) {
            HttpReply reply = send("GET", path, "Bearer " + token, "");

            assertThat(reply.status()).isEqualTo(401);
            assertThat(detail(reply)).startsWith("invalid token: ").hasSizeLessThan(100);
            assertThat(reply.headers().first("WWW-Authenticate")).contains("Bearer");
            assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
        }
    }

    /** A valid token with one character replaced is not valid. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void rejectsAnAlteredToken(@ForAll int place, @ForAll char other) {
        int at = Math.floorMod(place, TOKEN.length());
        String altered = TOKEN.substring(0, at) + other + TOKEN.substring(at + 1);

        HttpReply reply = query(altered);

        assertThat(reply.status()).isEqualTo(altered.equals(TOKEN) ? 200 : 401);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void rejectsAnyOtherHeader(@ForAll String header) {
        HttpReply reply = send("GET", QUERY, header, "");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(detail(reply))
                .matches("missing authorization header|invalid authorization header|invalid token: .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"windowSize=FORTNIGHT", "from=yesterday", "filterGroupBy%5Bx%5D=", "groupBy=customer_id", "%ZZ=1"
            })
    void browsersMayReadErrors(String parameters) {
        HttpReply reply = InMemoryApp.door(APP)
                .handle(new HttpRequest(
                        "GET", QUERY, parameters, Headers.of("Authorization", "Bearer " + TOKEN), new byte[0]));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void browsersMayReadErrorsOfThePlatform() {
        var request = new HttpRequest("GET", QUERY, null, Headers.NONE, new byte[0]);

        HttpReply reply = InMemoryApp.door(APP).replyTo(request, new IllegalStateException("too much"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
    }
}

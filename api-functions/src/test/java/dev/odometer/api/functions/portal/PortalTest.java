package dev.odometer.api.functions.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.api.functions.usage.UsageResponse;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.customer.InMemorySubjects;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.portal.InMemoryPortalTokens;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.usage.InMemoryUsageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalTest {

    private static final Instant NOW = Instant.parse("2026-11-02T03:00:00.123456Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** A clock that tests move explicitly. */
    private static final class Stopped extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Stopped clock = new Stopped();
    private final InMemoryPortalTokens tokens = new InMemoryPortalTokens();
    private final InMemoryUsageLog log = new InMemoryUsageLog(clock);
    private final MeterLookup meters = meters();

    private static MeterLookup meters() {
        var meters = new InMemoryMeters();
        meters.add(new MeterDraft("calls", null, null, null, Aggregation.COUNT, "call", null, null, null)
                .toMeter("01K00000000000000000000000", NOW));
        return new MeterLookup(meters);
    }

    private PortalTokenView create(@Nullable String secret, CreatePortalToken.Input input) {
        return new CreatePortalToken(TokenSignature.of(secret), tokens, meters, TextDocuments::new, clock).apply(input);
    }

    private PortalTokenView create(@Nullable Instant expiresAt) {
        return create(SECRET, new CreatePortalToken.Input("acme", null, null, null, expiresAt));
    }

    private UsageResponse query(@Nullable String secret, String meter, @Nullable String authorization) {
        var usage =
                new QueryUsage(meters, log, new CustomerLookup(new InMemoryCustomers()), new InMemorySubjects(), 10);
        var queries = new QueryPortalMeter.Queries(meters, usage, 1);
        return new QueryPortalMeter(new TokenCheck(TokenSignature.of(secret), tokens, clock), queries)
                .apply(new QueryPortalMeter.Input(meter, authorization, null, null, null, null, null, null, null));
    }

    private static void refuses(ThrowingCallable call, RefusalKind kind, String sentence) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(kind))
                .hasMessage(sentence);
    }

    @Test
    void expiresAfterAnHour() {
        PortalTokenView made = create(null);

        clock.now = made.expiresAt().minusNanos(1000);
        assertThat(query(SECRET, "calls", "bearer " + made.token()).data()).isEmpty();
        clock.now = made.expiresAt();
        refuses(() -> query(SECRET, "calls", "Bearer " + made.token()), RefusalKind.UNAUTHORIZED, "token expired");
        assertThat(made.expiresAt()).isEqualTo("2026-11-02T04:00:00Z");
    }

    @Test
    void isDeletedADayAfterItsExpiration() {
        PortalTokenView made = create(null);

        clock.now = made.expiresAt().plus(Duration.ofHours(23));
        create(null);
        refuses(() -> query(SECRET, "calls", "Bearer " + made.token()), RefusalKind.UNAUTHORIZED, "token expired");
        clock.now = made.expiresAt().plus(Duration.ofHours(25));
        create(null);
        refuses(
                () -> query(SECRET, "calls", "Bearer " + made.token()),
                RefusalKind.UNAUTHORIZED,
                "invalid token: it was invalidated or never issued");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-02T03:00:00.123456Z",
                "2026-11-02T03:00:00.900Z",
                "1970-01-01T00:00:00Z",
                "2026-12-03T03:00:01Z",
                "9999-12-31T23:59:59Z"
            })
    void refusesExpirationsOutOfRange(String end) {
        refuses(
                () -> create(Instant.parse(end)),
                RefusalKind.INVALID,
                "expiresAt must be in the future, by at most 31 days: " + end);
    }

    @Test
    void allowsOnlyTheNamedSlugs() {
        String token = "Bearer "
                + create(SECRET, new CreatePortalToken.Input("acme", List.of("calls", "calls"), null, null, null))
                        .token();

        assertThat(query(SECRET, "calls", token).data()).isEmpty();
        refuses(() -> query(SECRET, "others", token), RefusalKind.UNAUTHORIZED, "meter slug not allowed");
        refuses(
                () -> query(SECRET, "01K00000000000000000000000", token),
                RefusalKind.UNAUTHORIZED,
                "meter slug not allowed");
    }

    @ParameterizedTest
    @EnumSource(Area.class)
    void allowsOnlyTheRequestedAreas(Area area) {
        boolean isAccess = area == Area.ACCESS;
        var check = new TokenCheck(TokenSignature.of(SECRET), tokens, clock);
        PortalTokenView made =
                create(SECRET, new CreatePortalToken.Input("acme", List.of("calls"), isAccess, !isAccess, null));
        String token = "Bearer " + made.token();
        Area other = isAccess ? Area.INVOICES : Area.ACCESS;

        assertThat(check.authenticate(token, area).subject()).isEqualTo("acme");
        assertThat(made.allowAccess()).isEqualTo(isAccess ? true : null);
        assertThat(made.allowInvoices()).isEqualTo(isAccess ? null : true);
        String sentence = "the token was created without " + (isAccess ? "allowInvoices" : "allowAccess");
        refuses(() -> check.authenticate(token, other), RefusalKind.FORBIDDEN, sentence);
        String plain = "Bearer " + create(null).token();
        refuses(() -> check.authenticate(plain, other), RefusalKind.FORBIDDEN, sentence);
        String tampered = token.substring(0, token.length() - 3) + "abc";
        refuses(
                () -> check.authenticate(tampered, area),
                RefusalKind.UNAUTHORIZED,
                "invalid token: the signature is not valid");
        clock.now = made.expiresAt();
        refuses(() -> check.authenticate(token, area), RefusalKind.UNAUTHORIZED, "token expired");
        tokens.invalidate(made.id(), null);
        refuses(
                () -> check.authenticate(token, area),
                RefusalKind.UNAUTHORIZED,
                "invalid token: it was invalidated or never issued");
    }

    @Test
    void acceptsMetersBySlugOnly() {
        String id = "01K00000000000000000000000";
        String token = "Bearer " + create(null).token();

        refuses(() -> query(SECRET, id, token), RefusalKind.NOT_FOUND, "meter not found: " + id);
        refuses(
                () -> create(SECRET, new CreatePortalToken.Input("acme", List.of(id), null, null, null)),
                RefusalKind.NOT_FOUND,
                "meter not found: " + id);
    }

    @Test
    void refusesATokenSignedWithAnotherSecret() {
        String token = "Bearer " + create(null).token();

        refuses(
                () -> query(SECRET.toUpperCase(java.util.Locale.ROOT), "calls", token),
                RefusalKind.UNAUTHORIZED,
                "invalid token: the signature is not valid");
    }

    @Test
    void acceptsTheLongestToken() {
        var longest = new CreatePortalToken.Input("\"".repeat(1024), null, null, null, null);

        String token = create(SECRET, longest).token();

        assertThat(query(SECRET, "calls", "Bearer " + token).data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void requiresAnAuthorizationHeader(String header) {
        refuses(() -> query(SECRET, "calls", header), RefusalKind.UNAUTHORIZED, "missing authorization header");
        refuses(() -> query(SECRET, "calls", null), RefusalKind.UNAUTHORIZED, "missing authorization header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Basic abc", "Bearerabc", "token", "ü"})
    void requiresTheBearerScheme(String header) {
        refuses(() -> query(SECRET, "calls", header), RefusalKind.UNAUTHORIZED, "invalid authorization header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off"})
    void refusesWithoutASecret(String which) {
        String secret = which.isEmpty() ? "" : null;
        String sentence = "the portal is not set up: odometer.portal.token-secret is not set";
        var signature = TokenSignature.of(secret);

        refuses(
                () -> create(secret, new CreatePortalToken.Input("acme", null, null, null, null)),
                RefusalKind.CONFLICT,
                sentence);
        refuses(() -> query(secret, "calls", "Bearer x"), RefusalKind.CONFLICT, sentence);
        refuses(
                () -> new ListPortalTokens(signature, tokens, clock).apply(new ListPortalTokens.Input(null)),
                RefusalKind.CONFLICT,
                sentence);
        refuses(
                () -> new InvalidatePortalTokens(signature, tokens)
                        .accept(new InvalidatePortalTokens.Input(null, "acme")),
                RefusalKind.CONFLICT,
                sentence);
    }

    @Test
    void refusesASecretThatIsTooShort() {
        assertThatThrownBy(() -> TokenSignature.of("ü".repeat(15) + "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("odometer.portal.token-secret must have at least 32 bytes, but has 31: "
                        + "generate one with openssl rand -hex 32");
    }
}

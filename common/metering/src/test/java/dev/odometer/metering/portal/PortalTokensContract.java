package dev.odometer.metering.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.portal.PortalToken.Area;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link PortalTokens}; one subclass per store. */
public abstract class PortalTokensContract {

    private static final Instant NOW = Instant.parse("2026-11-02T03:00:00.123456Z");
    private static final Instant END = Instant.parse("2026-11-02T04:00:00Z");

    private PortalTokens tokens = empty();

    protected abstract PortalTokens empty();

    @BeforeEach
    void startEmpty() {
        tokens = empty();
    }

    /** A token whose id sorts by the number. */
    private static PortalToken token(int n, String subject, Instant expiresAt) {
        String id = "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(n);
        return new PortalToken(id, "%064x".formatted(n), subject, List.of(), Set.of(), NOW, expiresAt);
    }

    private void add(PortalToken... added) {
        for (PortalToken token : added) {
            tokens.add(token, NOW.minusSeconds(1));
        }
    }

    @Test
    void findsATokenByItsDigest() {
        PortalToken some = new PortalToken(
                "01ARZ3NDEKTSV4RRFFQ69G5000",
                "ab".repeat(32),
                "ü \"x\"",
                List.of("tokens", "calls"),
                Set.of(),
                NOW,
                END);
        add(some, token(1, "acme", END));

        assertThat(tokens.find(some.digest())).contains(some);
        assertThat(tokens.find(token(1, "acme", END).digest())).contains(token(1, "acme", END));
        assertThat(tokens.find("cd".repeat(32))).isEmpty();
    }

    @Test
    void keepsWhatATokenAllows() {
        for (Set<Area> areas : List.of(Set.of(Area.ACCESS), Set.of(Area.INVOICES), Set.of(Area.values()))) {
            String digest = "%064x".formatted(areas.hashCode());
            var some = new PortalToken("id-" + areas, digest, "acme", List.of(), areas, NOW, END);
            add(some);

            assertThat(tokens.find(digest)).contains(some);
        }
    }

    @Test
    void findsExpiredTokens() {
        PortalToken expired = token(1, "acme", NOW);
        add(expired);

        assertThat(tokens.find(expired.digest())).contains(expired);
    }

    @Test
    void listsValidTokensNewestFirst() {
        add(token(2, "b", END), token(1, "a", END), token(4, "d", NOW), token(3, "c", END));

        assertThat(tokens.list(NOW, 2)).containsExactly(token(3, "c", END), token(2, "b", END));
        assertThat(tokens.list(END, 2)).isEmpty();
    }

    @Test
    void deletesSomeExpiredTokensWithEachNewOne() {
        IntStream.range(0, PortalTokens.MAX_DELETED_PER_ADD + 5)
                .forEach(n -> tokens.add(token(n, "old", NOW.minusSeconds(2)), NOW.minusSeconds(9)));
        PortalToken kept = token(900, "old", NOW.minusSeconds(1));
        tokens.add(kept, NOW.minusSeconds(9));

        add(token(901, "new", END));
        Instant before = NOW.minusSeconds(9);
        assertThat(tokens.list(before, 1000)).hasSize(5 + 1 + 1);

        add(token(902, "new", END));
        assertThat(tokens.list(before, 1000)).containsExactly(token(902, "new", END), token(901, "new", END), kept);
    }

    @Test
    void invalidatesATokenById() {
        add(token(1, "acme", END), token(2, "acme", END));

        tokens.invalidate(token(1, "acme", END).id(), null);

        assertThat(tokens.list(NOW, 10)).containsExactly(token(2, "acme", END));
        assertThat(tokens.find(token(1, "acme", END).digest())).isEmpty();
    }

    @Test
    void invalidatesAllTokensOfASubject() {
        add(token(1, "acme", END), token(2, "acme", END), token(3, "acm", END));

        tokens.invalidate(null, "acme");

        assertThat(tokens.list(NOW, 10)).containsExactly(token(3, "acm", END));
    }

    @Test
    void requiresIdAndSubjectToMatchIfBothArePresent() {
        add(token(1, "acme", END), token(2, "acme", END));

        tokens.invalidate(token(1, "acme", END).id(), "other");
        assertThat(tokens.list(NOW, 10)).hasSize(2);
        tokens.invalidate(token(1, "acme", END).id(), "acme");
        assertThat(tokens.list(NOW, 10)).containsExactly(token(2, "acme", END));
    }

    @Test
    void ignoresUnknownIdsAndSubjects() {
        add(token(1, "acme", END));

        tokens.invalidate(null, null);
        tokens.invalidate("\0", null);
        tokens.invalidate(null, "\0");
        tokens.invalidate("01ARZ3NDEKTSV4RRFFQ69G5999", null);

        assertThat(tokens.list(NOW, 10)).hasSize(1);
    }
}

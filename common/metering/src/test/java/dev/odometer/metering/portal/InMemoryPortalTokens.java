package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Portal tokens in memory. Passes {@link PortalTokensContract}. */
public final class InMemoryPortalTokens implements PortalTokens {

    private final NavigableMap<String, PortalToken> tokens = new TreeMap<>();

    @Override
    public synchronized void add(PortalToken token, Instant expiredBefore) {
        List<String> old = tokens.values().stream()
                .filter(kept -> kept.expiresAt().isBefore(expiredBefore))
                .map(PortalToken::id)
                .limit(MAX_DELETED_PER_ADD)
                .toList();
        old.forEach(tokens::remove);
        tokens.put(token.id(), token);
    }

    @Override
    public synchronized Optional<PortalToken> find(String digest) {
        return tokens.values().stream()
                .filter(token -> token.digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized List<PortalToken> list(Instant now, int limit) {
        return tokens.descendingMap().values().stream()
                .filter(token -> !token.isExpired(now))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void invalidate(@Nullable String id, @Nullable String subject) {
        tokens.values()
                .removeIf(token -> (id != null || subject != null)
                        && (id == null || id.equals(token.id()))
                        && (subject == null || subject.equals(token.subject())));
    }
}

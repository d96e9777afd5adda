package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of portal tokens. Changes are visible on all nodes immediately. Safe for concurrent use. */
public interface PortalTokens {

    /** The maximum of expired tokens that are deleted per added token: more than one, so that they do not pile up. */
    int MAX_DELETED_PER_ADD = 100;

    /** Stores a token, and deletes at most {@link #MAX_DELETED_PER_ADD} tokens that expired before the time. */
    void add(PortalToken token, Instant expiredBefore);

    /** The token with this digest, expired or not. */
    Optional<PortalToken> find(String digest);

    /** The tokens that are not expired, newest first. */
    List<PortalToken> list(Instant now, int limit);

    /** Deletes the tokens that match the id and the subject, each if present; without both it deletes nothing. */
    void invalidate(@Nullable String id, @Nullable String subject);
}

package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The portal's tokens. What one node adds or removes holds on all of them at once. Safe for concurrent use. */
public interface PortalTokens {

    /** How many are forgotten for each that is added: more than one, so that they do not pile up. */
    int FORGOTTEN_AT_ONCE = 100;

    /** Keeps it, and forgets at most {@link #FORGOTTEN_AT_ONCE} of those that expired before that time. */
    void add(PortalToken token, Instant forgotten);

    /** The one with that digest, expired or not. */
    Optional<PortalToken> find(String digest);

    /** Those that are not expired, the latest first. */
    List<PortalToken> list(Instant now, int limit);

    /** Removes the one with that id, those of that subject, or where both are said what is both; nothing for neither. */
    void invalidate(@Nullable String id, @Nullable String subject);
}

package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.portal.PortalTokens;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the valid tokens, latest first, without their text. */
public final class ListPortalTokens implements Function<ListPortalTokens.Input, List<PortalTokenView>> {

    private final TokenSignature signature;
    private final PortalTokens tokens;
    private final Clock clock;

    public ListPortalTokens(TokenSignature signature, PortalTokens tokens, Clock clock) {
        this.signature = signature;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * The page.
     *
     * @param limit 1 to 100; 100 when absent
     */
    public record Input(@Nullable Integer limit) {}

    @Override
    public List<PortalTokenView> apply(Input input) {
        signature.checkSet();
        return tokens.list(clock.instant(), Bounds.limit(input.limit)).stream()
                .map(token -> PortalTokenView.of(token, null))
                .toList();
    }
}

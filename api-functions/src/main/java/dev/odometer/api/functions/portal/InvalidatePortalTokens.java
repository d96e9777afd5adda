package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.portal.PortalTokens;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Invalidates tokens before they expire, on every node at once. Unknown tokens are not an error. */
public final class InvalidatePortalTokens implements Consumer<InvalidatePortalTokens.Input> {

    private final TokenSignature signature;
    private final PortalTokens tokens;

    public InvalidatePortalTokens(TokenSignature signature, PortalTokens tokens) {
        this.signature = signature;
        this.tokens = tokens;
    }

    /** The tokens; at least one filter is required, and both must match when both are present. */
    public record Input(@Nullable String id, @Nullable String subject) {}

    @Override
    public void accept(Input input) {
        signature.checkSet();
        if (input.id == null && input.subject == null) {
            throw Refusal.invalid("id or subject is required");
        }
        tokens.invalidate(Bounds.text("id", input.id), Bounds.text("subject", input.subject));
    }
}

package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.portal.PortalTokens;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends tokens before their time, on every node at once. Those that are not there any more are no mistake. */
public final class InvalidatePortalTokens implements Consumer<InvalidatePortalTokens.Input> {

    private final TokenSignature signature;
    private final PortalTokens tokens;

    public InvalidatePortalTokens(TokenSignature signature, PortalTokens tokens) {
        this.signature = signature;
        this.tokens = tokens;
    }

    /** Which ones: one of both has to be said, and where both are, both hold. */
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

package dev.odometer.api.functions;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.portal.CreatePortalToken;
import dev.odometer.api.functions.portal.InvalidatePortalTokens;
import dev.odometer.api.functions.portal.ListPortalTokens;
import dev.odometer.api.functions.portal.QueryPortalMeter;
import dev.odometer.api.functions.portal.TokenSignature;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.functions.binding.Documents;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.portal.PortalTokens;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The portal's functions. Without {@code odometer.portal.token-secret} they refuse; a wrong one stops the start. */
@AutoConfiguration
public class PortalFunctions {

    private final TokenSignature signature;

    PortalFunctions(Environment environment) {
        signature = TokenSignature.of(environment.getProperty(TokenSignature.SECRET));
    }

    @Bean
    public CreatePortalToken createPortalToken(
            PortalTokens tokens, Meters meters, ObjectProvider<Documents> json, Clock clock) {
        return new CreatePortalToken(signature, tokens, new MeterLookup(meters), json::getObject, clock);
    }

    @Bean
    public ListPortalTokens listPortalTokens(PortalTokens tokens, Clock clock) {
        return new ListPortalTokens(signature, tokens, clock);
    }

    @Bean
    public InvalidatePortalTokens invalidatePortalTokens(PortalTokens tokens) {
        return new InvalidatePortalTokens(signature, tokens);
    }

    @Bean
    public QueryPortalMeter queryPortalMeter(PortalTokens tokens, Meters meters, QueryUsage usage, Clock clock) {
        return new QueryPortalMeter(signature, tokens, new MeterLookup(meters), usage, clock);
    }
}

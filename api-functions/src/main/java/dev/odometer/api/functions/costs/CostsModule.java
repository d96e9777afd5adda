package dev.odometer.api.functions.costs;

import dev.odometer.api.functions.list.RowLimits;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.cost.PriceList;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The cost of the deployment's own invocations. */
@AutoConfiguration
public class CostsModule {

    private static final String PRICES = "odometer.costs.prices";

    @Bean
    Routes costRoutes() {
        return new Routes(List.of(Route.get("/api/v1/costs", "getCosts").query("from", "to", "memoryMb", "offer")));
    }

    @Bean
    GetCosts getCosts(Meters meters, UsageLog log, Environment environment) {
        int maxRows = RowLimits.from(new Settings(environment::getProperty)).query();
        return new GetCosts(meters, log, prices(environment.getProperty(PRICES, "")), maxRows);
    }

    private static Supplier<PriceList> prices(String file) {
        if (file.isBlank()) {
            // Read when it is needed, so that it costs nothing at start.
            return PriceList::builtIn;
        }
        try {
            PriceList prices = PriceList.parse(Files.readString(Path.of(file.strip())));
            return () -> prices;
        } catch (Refusal invalid) {
            throw new StartRefusal(PRICES + ": " + Refusal.quote(file) + " is invalid: " + invalid.detail());
        } catch (IOException | InvalidPathException unreadable) {
            throw new StartRefusal(PRICES + ": the file cannot be read: " + Refusal.quote(file));
        }
    }
}

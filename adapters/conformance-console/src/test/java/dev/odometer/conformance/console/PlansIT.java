package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlansIT extends InBrowser {

    private static final Shop SHOP = new Shop(ConsoleServer.open(), "sold");
    private static final String TIERS =
            "{'type':'tiered','mode':'graduated','tiers':[{'upToAmount':'1000','unitPrice':{'type':'unit','amount':'0.01'}},"
                    + "{'unitPrice':{'type':'unit','amount':'0.005'},'flatPrice':{'type':'flat','amount':'3'}}],'minimumAmount':'2'}";

    private static String plan = "";

    @BeforeAll
    static void aPlan() {
        SHOP.open();
        SHOP.customer("sold-acme", "Sold Acme");
        plan = SHOP.plan("sold", "Sold by tiers", Shop.fee("29"), SHOP.units("P1M", TIERS));
    }

    @Test
    void listsPlansByStatus() {
        SHOP.draft("sold_later", "Sold later", Shop.fee("1"));
        open("#/plans", "Plans");

        see("Sold by tiers sold 1 active USD every month Standard");
        choose("Status", "draft");
        see("Sold later");
        seeNot("Sold by tiers");
        accessible();
        pictures("plans");

        assertThat(driver().getCurrentUrl()).endsWith("#/plans?status=draft");
        driver().navigate().back();
        see("Sold by tiers");
    }

    @Test
    void showsPricesInWords() {
        open("#/plans/" + plan, "Sold by tiers");

        see(
                "Each unit has the price of its tier Up to 1,000: $0.01 per unit Above 1,000: $0.005 per unit and $3.00 flat At least $2.00");
        see("$29.00 in advance every month");
        see("1,000 per month, soft limit");
    }

    @Test
    void computesThePriceOfQuantities() {
        open("#/plans/" + plan, "Sold by tiers");
        type("Customer", "sold-acme");

        type("Units", "3000");

        see("Units: usage in tier 1 1,000 $0.01 $10.00");
        see("Units: usage in tier 2 2,000 $0.005 $10.00");
        see("Units: flat price for tier 2 1 $3.00 $3.00");
        see("$52.00 in total, without tax");
        assertThat(driver().getCurrentUrl()).contains("q=sold%3D3000");
        accessible();
        pictures("plan");
        type("Units", "100");
        see("$31.00 in total");
        click("Monthly fee, every month");
        see("$2.00 in total");
        assertThat(complaints()).isEmpty();
    }

    @Override
    void click(String name) {
        if (driver().findElements(org.openqa.selenium.By.cssSelector("label.check")).stream()
                .anyMatch(label -> label.getText().strip().equals(name))) {
            field(name).click();
        } else {
            super.click(name);
        }
    }

    @Test
    void saysThatAQuantityIsNotANumber() {
        open("#/plans/" + plan + "?customer=sold-acme", "Sold by tiers");
        see("in total");

        type("Units", "many");

        see("Enter a number, such as 1200 or 0.5.");
        see("Correct the quantity to compute the amount.");
    }

    @Test
    void keepsTheAmountWhenTheCustomerIsUnknown() {
        open("#/plans/" + plan + "?customer=sold-acme&q=sold%3D3000", "Sold by tiers");
        see("$52.00 in total");

        type("Customer", "sold-nobody");

        see("404");
        see("The data shown is from an earlier request.");
        see("$52.00 in total");
    }

    @Test
    void showsWhatPreventsThePublication() {
        String draft = SHOP.draft(
                "sold_broken",
                Shop.HOSTILE,
                "{\"type\":\"usage_based\",\"key\":\"x\",\"name\":\"No feature\",\"billingCadence\":\"P1M\",\"price\":{\"type\":\"unit\",\"amount\":\"1\"}}");

        open("#/plans/" + draft, Shop.HOSTILE);

        see(
                "$.phases[?(@.key=='standard')].rateCards[?(@.key=='x')].featureKey a usage-based price requires a feature");
        see("Left out, because a price by usage needs a feature: No feature.");
        assertThat(text()).doesNotContain("Publish");
        assertThat(run("return window.harmed")).isNull();
        accessible();
        pictures("plan-draft");
    }

    @Test
    void publishesAndArchivesAfterAQuestion() {
        String first = SHOP.draft("sold_cycle", "Sold again", Shop.fee("1"));
        open("#/plans/" + first, "Sold again");

        click("Publish");
        see("Publish version 1 of Sold again?");
        click("Cancel");
        assertThat(status(first)).isEqualTo("draft");
        click("Publish");
        confirm();
        see("Archive");
        assertThat(status(first)).isEqualTo("active");
        click("Archive");
        see("It accepts no new subscriptions.");
        confirm();

        see("archived");
        assertThat(status(first)).isEqualTo("archived");
    }

    private void confirm() {
        driver().findElement(org.openqa.selenium.By.cssSelector("dialog .actions .button:last-child"))
                .click();
    }

    private String status(String id) {
        return Api.text(api("GET", "/api/v1/plans/" + id, null), "status");
    }

    @Test
    void linksToOtherVersions() {
        String first = SHOP.plan("sold_twice", "Sold twice", Shop.fee("1"));
        SHOP.plan("sold_twice", "Sold twice", Shop.fee("2"));
        open("#/plans/" + first, "Sold twice");

        see("1 (this one) archived");
        click("Version 2");

        see("$2.00 in advance");
        see("2 (this one) active");
    }
}

//! Microsoft's clouds: separate worlds with their own addresses, accounts and rules.

use crate::words;

words! {
    /// The cloud in which a customer's tenant lives.
    pub enum Cloud {
        /// Microsoft's own, worldwide.
        Commercial = "commercial",
        /// For authorities of the United States.
        UsGovernment = "us_government",
        /// China, operated by 21Vianet.
        China = "china",
        /// Germany, closed since 2021: history only.
        Germany = "germany",
    }
}

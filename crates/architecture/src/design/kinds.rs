/// The cloud whose words and routing rules apply. One that is not here has no table of what may pass through, and so is
/// not offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavour {
    /// Amazon Web Services.
    #[default]
    Aws,
}

/// What a part is. The catalogue says what may hold it and which settings it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An account: who pays, who may.
    Account,
    /// A region of a provider.
    Region,
    /// A zone inside a network. Zones of one domain fail together.
    Zone,
    /// A network of one's own.
    Vnet,
    /// A range of a network, in one zone.
    Subnet,
    /// A hub that networks attach to; it holds route tables.
    Transit,
    /// A route table, of a network or of a hub.
    RouteTable,
    /// A stateful firewall; towards the internet it translates source addresses.
    Firewall,
    /// The internet gateway of a network.
    Igw,
    /// A tunnel to a site.
    Vpn,
    /// A place of one's own: an office, a data centre.
    Site,
}

/// What a link means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Layer 3 neighbours. With a hub at one end it is an attachment.
    Route,
}

/// A setting of a part or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attr {
    /// The prefix of a network, subnet or site.
    Cidr,
    /// The route table of a subnet.
    Table,
    /// The rows of a route table.
    Entries,
    /// What fails together.
    Domain,
    /// The subnets in which a hub has a foot.
    Subnets,
    /// The table of the hub that an attachment consults.
    Associate,
    /// The tables of the hub that learn an attachment's prefixes.
    Propagate,
    /// Whether the hub keeps both directions of a flow in one zone.
    Appliance,
}

/// The form of a setting's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Yes or no.
    Bool,
    /// Words.
    Text,
    /// A prefix.
    Cidr,
    /// One part.
    Part,
    /// Several parts.
    Parts,
    /// Rows of a route table.
    Routes,
}

impl Flavour {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Flavour::Aws => "aws",
        }
    }

    /// Reads the word in files.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        (word == "aws").then_some(Flavour::Aws)
    }
}

impl Kind {
    /// All kinds, in the order in which a palette shows them.
    pub const ALL: [Kind; 11] = [
        Kind::Account,
        Kind::Region,
        Kind::Vnet,
        Kind::Zone,
        Kind::Subnet,
        Kind::RouteTable,
        Kind::Transit,
        Kind::Firewall,
        Kind::Igw,
        Kind::Vpn,
        Kind::Site,
    ];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Account => "account",
            Kind::Region => "region",
            Kind::Zone => "zone",
            Kind::Vnet => "vnet",
            Kind::Subnet => "subnet",
            Kind::Transit => "transit",
            Kind::RouteTable => "route-table",
            Kind::Firewall => "firewall",
            Kind::Igw => "igw",
            Kind::Vpn => "vpn",
            Kind::Site => "site",
        }
    }

    /// Reads the word in files.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What people of a flavour call it.
    #[must_use]
    pub fn label(self, flavour: Flavour) -> &'static str {
        let Flavour::Aws = flavour;
        match self {
            Kind::Account => "Account",
            Kind::Region => "Region",
            Kind::Zone => "Availability zone",
            Kind::Vnet => "VPC",
            Kind::Subnet => "Subnet",
            Kind::Transit => "Transit gateway",
            Kind::RouteTable => "Route table",
            Kind::Firewall => "Firewall",
            Kind::Igw => "Internet gateway",
            Kind::Vpn => "VPN connection",
            Kind::Site => "Site",
        }
    }

    /// True when it holds other parts and so has a size.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(
            self,
            Kind::Account | Kind::Region | Kind::Zone | Kind::Vnet | Kind::Subnet | Kind::Transit | Kind::Site
        )
    }
}

impl LinkKind {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::Route => "route",
        }
    }

    /// Reads the word in files.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        (word == "route").then_some(LinkKind::Route)
    }

    /// True when the ends have no order.
    #[must_use]
    pub fn is_undirected(self) -> bool {
        match self {
            LinkKind::Route => true,
        }
    }
}

impl Attr {
    /// All settings.
    pub const ALL: [Attr; 8] = [
        Attr::Cidr,
        Attr::Table,
        Attr::Entries,
        Attr::Domain,
        Attr::Subnets,
        Attr::Associate,
        Attr::Propagate,
        Attr::Appliance,
    ];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Attr::Cidr => "cidr",
            Attr::Table => "table",
            Attr::Entries => "entries",
            Attr::Domain => "domain",
            Attr::Subnets => "subnets",
            Attr::Associate => "associate",
            Attr::Propagate => "propagate",
            Attr::Appliance => "appliance",
        }
    }

    /// Reads the word in files.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Attr::ALL.into_iter().find(|attr| attr.as_str() == word)
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Attr::Cidr => "Prefix (CIDR)",
            Attr::Table => "Route table",
            Attr::Entries => "Routes",
            Attr::Domain => "Fault domain",
            Attr::Subnets => "Subnets",
            Attr::Associate => "Associated table",
            Attr::Propagate => "Propagate to",
            Attr::Appliance => "Appliance mode",
        }
    }

    /// The form of its value.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Attr::Cidr => Shape::Cidr,
            Attr::Domain => Shape::Text,
            Attr::Table | Attr::Associate => Shape::Part,
            Attr::Subnets | Attr::Propagate => Shape::Parts,
            Attr::Entries => Shape::Routes,
            Attr::Appliance => Shape::Bool,
        }
    }
}
